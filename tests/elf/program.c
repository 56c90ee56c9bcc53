/* A program without a C library, with something in every kind of segment. It is linked in several ways and
   loaded; where it runs for real, it waits. */
const char message[6000] = "read-only text, a page and a half of it";
unsigned char data[5000] = {1, 2, 3};
unsigned char bss[20000];
const void *volatile pointers[] = {message, data, bss}; /* relocations, in a position-independent program */

void _start(void) {
  while (pointers[0] != bss) {
  }
}
