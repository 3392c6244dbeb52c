/** Work that grows with the square of its size, to see that it is noticed. */
export function quadratic(size: number): number {
  let sum = 0;
  for (let row = 0; row < size; row++) for (let column = 0; column < size; column++) sum += row ^ column;
  return sum;
}
