/** How wide a picture stands in each place, for the browser that chooses a size before it knows the styles. */
export const pictureUses = {
  text: "(min-width: 46em) 43rem, 100vw",
  card: "(min-width: 40em) 24rem, 100vw",
  portrait: "9rem",
  thumbnail: "15rem",
} as const;
export type PictureUse = keyof typeof pictureUses;
