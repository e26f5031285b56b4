/** The colours of the chart at night, by the classes of the drawing (browser/css/archipelago.css has the page's). */
export const look = `
  .sea { fill: #0b3c49 }
  .graticule, .winds { fill: none; stroke: #7fd0da; stroke-width: 1 }
  .graticule { opacity: .16 }
  .winds { opacity: .1 }
  .depth, .depth-line { fill: none; stroke-linejoin: round }
  .depth-line { stroke: #4b9aa5 }
  .depth-4 { stroke: #0f4a59 }
  .depth-3 { stroke: #145b6b }
  .depth-2 { stroke: #1c7281 }
  .depth-1 { stroke: #2b8d9a }
  .land { fill: #fbf3d9; stroke: #06212a; stroke-width: 2.4; stroke-linejoin: round }
  .inland { fill: #ece0b9; stroke: #a98f5c; stroke-width: 2; stroke-linecap: round; stroke-dasharray: .1 6.5 }
  .hill { fill: none; stroke: #a98f5c; stroke-width: 15; stroke-dasharray: 1.6 4.6 }
  .trees { fill: #4c6b3c; opacity: .8 }
  .glow { opacity: 0 }
  .paper, .accent, .leaf, .ink, .sail, .lit { stroke: #0b3c49; stroke-width: .8; stroke-linecap: round; stroke-linejoin: round }
  .paper { fill: #fffaf0 }
  .accent { fill: #c8431f }
  .leaf { fill: #4c6b3c }
  .ink { fill: #0b3c49 }
  .sail { fill: none }
  .lit { fill: #0b3c49; stroke: none }
  .rose .disc { fill: #0f4a59; opacity: .8 }
  .rose .ring { fill: none; stroke: #f6efe0; stroke-width: 1 }
  .rose .degrees { fill: none; stroke: #f6efe0; stroke-width: 7; stroke-dasharray: 1.2 3.818 }
  .rose .light { fill: #f6efe0; stroke: #06212a; stroke-width: .8 }
  .rose .shade { fill: #12707e; stroke: #06212a; stroke-width: .8 }
  .rose .north { fill: #ff9a76 }
  .rose .hub { fill: #f6efe0; stroke: #06212a }
  .sheet { fill: #f6efe0 }
  .minutes { fill: none; stroke: #0b3c49 }
  .neat { fill: none; stroke: #0b3c49; stroke-width: 1.2 }
  .rule { stroke: #ff9a76; stroke-width: 5 }
`;
