// Takes a picture of the running page.
// Usage: node tests/web/screenshot.mjs --out FILE.png [--url '?scenario=swap&step=3'] [--width N] [--height N] [--dpr N]
//        [--keys 'ArrowRight ArrowRight'] [--click X,Y] [--hover X,Y]
// A url that is only a query is opened in the site at build/web.
import { parseArgs } from 'node:util';
import { collectComplaints, launchBrowser, playgroundReady, quiet, serve } from './browser.mjs';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    url: { type: 'string', default: '' },
    width: { type: 'string', default: '1440' },
    height: { type: 'string', default: '900' },
    dpr: { type: 'string', default: '1' },
    keys: { type: 'string', default: '' },
    click: { type: 'string', multiple: true, default: [] },
    hover: { type: 'string', default: '' },
  },
});
if (!values.out) {
  console.error('screenshot: --out FILE.png is wanted');
  process.exit(2);
}

const server = await serve();
const browser = await launchBrowser();
try {
  const page = await browser.newPage({
    viewport: { width: Number(values.width), height: Number(values.height) },
    deviceScaleFactor: Number(values.dpr),
  });
  const complaints = collectComplaints(page);
  await page.goto(new URL(values.url, server.address).href);
  await playgroundReady(page);
  for (const place of values.click) await page.mouse.click(...place.split(',').map(Number));
  for (const key of values.keys.split(' ').filter(Boolean)) await page.keyboard.press(key);
  if (values.hover) await page.mouse.move(...values.hover.split(',').map(Number));
  await quiet(page);
  await page.screenshot({ path: values.out });
  for (const complaint of complaints) console.error(complaint);
} finally {
  await browser.close();
  await server.close();
}
