import Foundation

/// Medians of all rounds, each beside the empty route of the same round.
struct Report {
    let cases: [Case]
    private var figures: [[Case.Figure]]

    init(cases: [Case]) {
        self.cases = cases
        figures = cases.map { _ in [] }
    }

    mutating func add(_ figure: Case.Figure, to index: Int) throws {
        figures[index].append(figure)
    }

    private struct Line {
        let name: String
        let perSecond: Double
        let processor: Double
        let p50: Double
        let p99: Double
        let ratio: Double
    }

    private var lines: [Line] {
        zip(cases, figures).map { one, found in
            let ratios = zip(found, figures[0]).map { $0.round.perSecond / $1.round.perSecond }
            return Line(
                name: one.group.isEmpty ? one.name : "\(one.group): \(one.name)",
                perSecond: found.map(\.round.perSecond).median,
                processor: found.map(\.processor).median,
                p50: found.map(\.round.p50).median,
                p99: found.map(\.round.p99).median,
                ratio: ratios.median
            )
        }
    }

    var text: String {
        let head = ["case", "requests/s", "CPU µs", "p50 ms", "p99 ms", "to the empty route"]
        let rows = lines.map { line in
            [
                line.name, "\(Int(line.perSecond))", "\(Int(line.processor))", line.p50.short, line.p99.short,
                line.ratio.short,
            ]
        }
        return ([head, head.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }
            .joined(separator: "\n")
    }

    /// One bar a case, as long as its ratio to the empty route.
    var svg: String {
        let (height, left, width) = (26, 260, 420)
        let bars = lines.enumerated().map { index, line in
            let y = 10 + index * height
            let length = max(1, Int(line.ratio * Double(width)))
            return """
                <text x="\(left - 8)" y="\(y + 16)" text-anchor="end">\(line.name)</text>
                <rect x="\(left)" y="\(y + 3)" width="\(length)" height="18" fill="#0b6e99"/>
                <text x="\(left + length + 6)" y="\(y + 16)">\(line.ratio.short) (\(Int(line.perSecond))/s)</text>
                """
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(left + width + 160)" height="\(lines.count * height + 20)" \
            font-family="sans-serif" font-size="13" role="img" aria-label="Requests per second beside an empty route">
            \(bars.joined(separator: "\n"))
            </svg>

            """
    }
}

extension [Double] {
    fileprivate var median: Double {
        guard !isEmpty else { return 0 }
        let sorted = sorted()
        return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
    }
}

extension Double {
    fileprivate var short: String { String(format: "%.2f", self) }
}
