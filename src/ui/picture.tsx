import type { FC } from "hono/jsx";
import { type PictureUse, pictureUses } from "./picture-uses.ts";
import { pictureAt, pictureSources, srcset } from "./pictures.ts";

type PictureProps = {
  /** Its address: "/media/…". One that was not uploaded here is shown as it is. */
  src: string;
  /** What is to be seen on it; "" where it says nothing that the text doesn't. */
  alt: string;
  /** The language of `alt` where it differs from the page's. */
  lang?: string | undefined;
  /** Where it stands, and so how wide. */
  use: PictureUse;
  /** What has to stay in view when it is cut: 0 to 1 from the left and the top. */
  focal?: { x: number; y: number } | null | undefined;
  class?: string | undefined;
  /** The room for it in pixels, where that is not the shape of the picture itself. */
  width?: number | undefined;
  height?: number | undefined;
  /** Stands at the top of a page: loaded at once. */
  eager?: boolean | undefined;
};

/** A picture in the best format and size that a browser takes, with its place kept before it is there. */
export const Picture: FC<PictureProps> = (props) => {
  const { src, alt, lang, use, focal, width, height, eager } = props;
  const uploaded = pictureAt(src);
  const names = [props.class, focal && focalClass(focal)].filter(Boolean).join(" ");
  const image = (
    <img
      class={names || undefined}
      src={src}
      srcset={uploaded ? srcset(uploaded, "jpg") : undefined}
      sizes={uploaded ? pictureUses[use] : undefined}
      alt={alt}
      lang={lang}
      width={width ?? uploaded?.width}
      height={height ?? uploaded?.height}
      loading={eager ? undefined : "lazy"}
      decoding="async"
    />
  );
  if (!uploaded) return image;
  return (
    <picture>
      {pictureSources(uploaded).map((source) => (
        <source {...source} sizes={pictureUses[use]} />
      ))}
      {image}
    </picture>
  );
};

/** Classes, since the page's policy takes no style attribute: a point to the nearest tenth. */
const focalClass = ({ x, y }: { x: number; y: number }): string =>
  `focal focal-x-${Math.round(x * 10)} focal-y-${Math.round(y * 10)}`;
