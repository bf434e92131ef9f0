import Foundation
import SuiroDomain

/// Plays the matrix against the model's decisions and stops at the first action that is decided otherwise: what
/// `mutate.py` builds beside a gate that was spoiled on purpose.
@main struct Runner {
    static func main() throws {
        let matrix = try Matrix()
        let text = try String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8)
        let golden = text.split(separator: "\n").map(String.init)
        guard Array(golden.prefix(2)) == matrix.head else { stop("the columns are not those of the model") }
        // Those that ask for most facts come first: most holes are found there.
        let first: [Action] = [.readAccess, .recordSubscription, .readStatement, .readCustomer, .endDelegation]
        for action in first + Action.allCases.filter({ !first.contains($0) }) {
            let theirs = golden.filter { $0.hasPrefix("\(action.rawValue) ") }
            let mine = matrix.lines(of: action)
            guard mine.count == theirs.count else { stop("\(action.rawValue): other lines") }
            for (mine, theirs) in zip(mine, theirs) where mine != theirs { stop(matrix.difference(mine, theirs)) }
        }
        print("\(matrix.cells) cells as the model decides them")
    }

    private static func stop(_ text: String) -> Never {
        print(text)
        exit(1)
    }
}
