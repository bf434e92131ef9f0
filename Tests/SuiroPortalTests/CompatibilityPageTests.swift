import HTTPTypes
import SuiroAssets
import SuiroDomain
import SuiroHTTP
import Testing

@Suite struct CompatibilityPageTests {
    @Test func `whoever has no session reads the page, in the language that was asked for`() async throws {
        let world = try await World()
        let reply = try await Browser(world, as: nil, in: .en).get("/docs/compatibility")
        #expect(reply.status == .ok)
        let entries = try Compatibility.shipped.get().entries
        for entry in entries { #expect(reply.text.contains("<th scope=\"row\">\(entry.id)</th>"), "\(entry.id)") }
        let there = try await Browser(world, as: nil, in: .ja).get("/docs/compatibility")
        #expect(there.text.contains("<h1>互換性</h1>"))
    }
}
