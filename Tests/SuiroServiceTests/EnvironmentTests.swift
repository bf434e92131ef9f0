import Foundation
import SuiroService
import Testing

@Suite struct EnvironmentTests {
    @Test func `fresh names are UUIDs of version 4, and no two are alike`() {
        let environment = Environment.real(origin: { "http://127.0.0.1" })
        let drawn = (0..<10_000).map { _ in environment.newUUID() }
        #expect(Set(drawn).count == drawn.count)
        #expect(drawn.allSatisfy { $0.uuid.6 >> 4 == 4 && $0.uuid.8 >> 6 == 2 })
        // Each of the other bits is drawn.
        let bytes = drawn.map { withUnsafeBytes(of: $0.uuid) { Array($0) } }
        let (all, any) = (0..<16).map { place in
            bytes.reduce((UInt8.max, UInt8.min)) { ($0.0 & $1[place], $0.1 | $1[place]) }
        }.reduce(into: ([UInt8](), [UInt8]())) {
            $0.0.append($1.0); $0.1.append($1.1)
        }
        #expect(all == [0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0])
        #expect(any == [255, 255, 255, 255, 255, 255, 0x4F, 255, 0xBF, 255, 255, 255, 255, 255, 255, 255])
    }
}
