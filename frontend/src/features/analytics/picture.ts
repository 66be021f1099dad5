/** Twice the size on the screen: sharp in a presentation. */
const SCALE = 2;
const TITLE = 34;
const kept = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
  'visibility',
];

/** A copy that looks the same without the page's style sheets. */
function standalone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  [copy, ...copy.querySelectorAll<SVGElement>('*')].forEach((element, i) => {
    const original = originals[i];
    if (!original) return;
    const style = getComputedStyle(original);
    element.setAttribute('style', kept.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'));
    element.removeAttribute('class');
  });
  return copy;
}

/** A chart as a picture, with its title, on the ground of the page. */
export async function pictureOf(svg: SVGSVGElement, title: string): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const copy = standalone(svg);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();

  const canvas = document.createElement('canvas');
  canvas.width = (width + 32) * SCALE;
  canvas.height = (height + TITLE + 24) * SCALE;
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('no canvas');
  const page = getComputedStyle(document.documentElement);
  draw.scale(SCALE, SCALE);
  draw.fillStyle = page.getPropertyValue('--b-list');
  draw.fillRect(0, 0, canvas.width, canvas.height);
  draw.fillStyle = page.getPropertyValue('--b-text');
  draw.font = `650 14px ${getComputedStyle(document.body).fontFamily}`;
  draw.fillText(title, 16, 24);
  draw.drawImage(image, 16, TITLE, width, height);
  return new Promise((done, refuse) => canvas.toBlob((blob) => (blob ? done(blob) : refuse(new Error('no picture'))), 'image/png'));
}
