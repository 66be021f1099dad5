import type { Change, UploadId } from '../api/schema.gen';

/** The machine around the page: the desktop shell or a browser. The rest of the app knows only this interface. */
export interface Host {
  readonly kind: 'desktop' | 'browser';
  readonly platform: 'windows' | 'mac' | 'linux';
  /** Calls the backend. Rejects with `ApiError`. */
  rpc(name: string, payload: unknown): Promise<unknown>;
  /** Announcements of changes, for as long as the returned function has not been called. */
  subscribe(listener: Listener): () => void;
  /** Hands a file to the backend; the id is what a message then names. */
  upload(file: File, options?: UploadOptions): Promise<{ upload_id: UploadId }>;
  /** Address of an attachment for `<img>`, `<video>`, `<audio>`. */
  mediaUrl(attachmentId: number, variant?: MediaVariant): string;
  /** Opens a web address, a phone number or a mail address outside the app. */
  openExternal(url: string): Promise<void>;
  /** Opens an attachment with the program that the system has for it. */
  openFile(attachmentId: number, name: string): Promise<void>;
  /** Asks where to, and saves an attachment there. */
  saveFile(attachmentId: number, name: string): Promise<void>;
  /** Opens a finished export; a browser saves it. */
  openExport(exportId: number): Promise<void>;
  /** Shows a finished export in its folder, where the machine around the page can. */
  showExport?(exportId: number): Promise<void>;
  /** Saves a picture that was drawn here. Tells where it stands now, if nothing else shows that. */
  savePicture(name: string, picture: Blob): Promise<string | null>;
  /** A notification of the system, where the shell does not raise it by itself. */
  notify(notice: Notice): Promise<void>;
  /** Opens the demo beside this workspace; the two never share anything. */
  openDemo(): Promise<void>;
  /** Leaves the demo for the workspace with channels of one's own. */
  leaveDemo(): Promise<void>;
}

export type MediaVariant = 'full' | 'thumb';

export interface Listener {
  onChange(change: Change): void;
  /** `open` after every (re)connection: what changed meanwhile is unknown, so everything has to be asked again. */
  onState(state: 'open' | 'lost'): void;
}

export interface UploadOptions {
  signal?: AbortSignal;
  /** 0…1 */
  onProgress?: (done: number) => void;
}

export interface Notice {
  title: string;
  body: string;
  /** Notices with one tag replace each other. */
  tag: string;
  onClick?: () => void;
}

export const platformOf = (agent: string): Host['platform'] => (/Mac/i.test(agent) ? 'mac' : /Windows/i.test(agent) ? 'windows' : 'linux');
