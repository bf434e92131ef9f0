package import Foundation

/// The three standard streams and what is known about the screen behind them.
package struct Terminal: Sendable {
    /// Data: what a program downstream reads.
    package var out: @Sendable (Data) -> Void
    /// Words: what only a person reads.
    package var err: @Sendable (String) -> Void
    package var readLine: @Sendable () -> String?
    package var readAll: @Sendable () -> Data
    package var outIsScreen: Bool
    package var errIsScreen: Bool
    /// Cells per line, where the screen tells.
    package var width: Int?

    package init(
        out: @escaping @Sendable (Data) -> Void,
        err: @escaping @Sendable (String) -> Void,
        readLine: @escaping @Sendable () -> String? = { nil },
        readAll: @escaping @Sendable () -> Data = { Data() },
        outIsScreen: Bool = false,
        errIsScreen: Bool = false,
        width: Int? = nil
    ) {
        self.out = out
        self.err = err
        self.readLine = readLine
        self.readAll = readAll
        self.outIsScreen = outIsScreen
        self.errIsScreen = errIsScreen
        self.width = width
    }

    package func write(_ text: String) {
        out(Data(text.utf8))
    }
}

extension Terminal {
    package static var standard: Terminal {
        Terminal(
            // A reader that went away is no reason to complain, so errors of writing are dropped.
            out: { try? FileHandle.standardOutput.write(contentsOf: $0) },
            err: { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) },
            readLine: { Swift.readLine() },
            readAll: { (try? FileHandle.standardInput.readToEnd()) ?? Data() },
            outIsScreen: isatty(STDOUT_FILENO) == 1,
            errIsScreen: isatty(STDERR_FILENO) == 1,
            width: columns
        )
    }

    private static var columns: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
