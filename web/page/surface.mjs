// The canvas as a surface: it follows its container and the screen's pixel ratio, rests while nobody sees it, and
// comes back after the browser took its graphics away.
const patience = 5000; // milliseconds for the graphics to come back

export function keepSurface(canvas, module, notice) {
  const follow = () => {
    if (canvas.clientWidth === 0) return; // the text view stands in its place
    dispatchEvent(new Event('resize')); // SDL listens to the window
    module._vmp_draw_now(); // a canvas that changed its size is blank until then
  };
  new ResizeObserver(follow).observe(canvas);

  // The pixel ratio changes with the browser's zoom and from screen to screen. Every frame looks at it too
  // (run_web.cpp); this is for a page at rest.
  const followRatio = () =>
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        follow();
        followRatio();
      },
      { once: true },
    );
  followRatio();

  new IntersectionObserver(([entry]) => module._vmp_set_on_screen(entry.isIntersecting ? 1 : 0)).observe(canvas);
  document.addEventListener('visibilitychange', () => module._vmp_wake());

  let timer = 0;
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault(); // or it never comes back
    module._vmp_lose_context();
    timer = setTimeout(notice.show, patience, 'The browser took the graphics away. Reload the page to go on.');
  });
  canvas.addEventListener('webglcontextrestored', () => {
    clearTimeout(timer);
    notice.hide();
    module._vmp_restore_context();
  });
}
