// The curve of a soak as SVG: one strip for each figure, over the same time.

const [width, strip, left, top] = [720, 90, 60, 24];

/** curve draws points, which have seconds and the figures named; rows are [name, title]. */
export function curve(points, rows) {
  const end = Math.max(...points.map(({ seconds }) => seconds));
  const x = (seconds) => left + ((width - left - 10) * seconds) / end;
  const strips = rows.map(([name, title], i) => {
    const most = Math.max(1, ...points.map((point) => point[name])) * 1.1;
    const from = top + i * strip;
    const y = (value) => from + strip - 14 - ((strip - 34) * value) / most;
    const line = points.map((point) => `${x(point.seconds).toFixed(1)},${y(point[name]).toFixed(1)}`).join(" ");
    const last = points.at(-1)[name];
    return `<text x="${left}" y="${from + 10}" class="title">${title}</text><line x1="${left}" y1="${y(0)}" x2="${width - 10}" y2="${y(0)}" class="axis"/>
<text x="${left - 6}" y="${y(most / 1.1) + 4}" class="number">${Math.round(most / 1.1)}</text><text x="${left - 6}" y="${y(0) + 4}" class="number">0</text>
<polyline points="${line}"/><text x="${width - 10}" y="${from + 10}" class="number">${Math.round(last * 10) / 10} at last</text>`;
  });
  const height = top + rows.length * strip + 20;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">
<style>rect{fill:#fff}polyline{fill:none;stroke:#2563eb;stroke-width:1.5}.axis{stroke:#999;stroke-width:.5}.title{font-weight:bold}.number{text-anchor:end;fill:#555}</style>
<rect width="100%" height="100%"/>
${strips.join("\n")}
<text x="${left}" y="${height - 8}" class="title">minutes: 0</text><text x="${width - 10}" y="${height - 8}" class="number">${(end / 60).toFixed(1)}</text>
</svg>
`;
}
