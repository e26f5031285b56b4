import type { Breadcrumb } from "./breadcrumbs.tsx";

/** schema.org's BreadcrumbList for a way back up; paths become absolute on `origin`. The last one is the page. */
export const breadcrumbList = (items: Breadcrumb[], origin: string) => ({
  "@context": "https://schema.org",
  "@type": "BreadcrumbList",
  itemListElement: items.map(({ href, label }, index) => ({
    "@type": "ListItem",
    position: index + 1,
    name: label,
    ...(href && { item: new URL(href, origin).href }),
  })),
});
