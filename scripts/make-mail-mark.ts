/** Makes the compass rose of mails, on its own disc of sea. Run after a change: `node scripts/make-mail-mark.ts`. */
import sharp from "sharp";

const size = 96; // shown at half of it, for sharp screens
const rose = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <circle cx="32" cy="32" r="32" fill="#0b3c49"/>
  <g fill="#f6efe0">
    <circle cx="32" cy="32" r="23" fill="none" stroke="#f6efe0" stroke-width="1.5"/>
    <path d="M32 32 44.5 19.5 38 32 44.5 44.5 32 38 19.5 44.5 26 32 19.5 19.5z" opacity=".45"/>
    <path d="M32 32 60 32 36.5 36.5 32 60 27.5 36.5 4 32 27.5 27.5 36.5 27.5z"/>
  </g>
  <path d="M32 3 37.5 27.5 32 34 26.5 27.5z" fill="#ff9a76"/>
</svg>`;

await sharp(Buffer.from(rose), { density: (72 * size) / 64 })
  .resize(size, size)
  .png({ palette: true, colours: 32, compressionLevel: 9 })
  .toFile("src/ui/mail/rose.png");
