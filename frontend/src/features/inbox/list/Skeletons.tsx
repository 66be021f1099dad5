import s from './ConversationList.module.css';

/** Shown only when nothing is known yet: the shape of rows, standing still. */
export const Skeletons = () => (
  <div className={s.skeletons} aria-hidden>
    {Array.from({ length: 12 }, (_, i) => (
      <div key={i}>
        <i />
        <span>
          <b style={{ width: `${40 + ((i * 37) % 35)}%` }} />
          <b style={{ width: `${55 + ((i * 23) % 40)}%` }} />
        </span>
      </div>
    ))}
  </div>
);
