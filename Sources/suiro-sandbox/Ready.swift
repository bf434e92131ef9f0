import Foundation
import SuiroDomain
import SuiroHTTP
import SuiroSandbox

/// Tells people and programs that the sandbox answers, and where.
struct Ready: Sendable {
    let sandbox: Sandbox
    let cloud: Cloud
    let host: String
    let file: String?

    func announce(url: String) async throws {
        let personas = try await sandbox.personas()
        if let file { try write(url: url, personas, to: file) }
        var lines = [
            "Suiro sandbox  cloud: \(cloud.rawValue)  clock: \(sandbox.clock.now.short)",
            "  Portal   \(url)/",
            "  API      \(url)/v1   \(url)/multichannel/v1   \(url)/openapi.json",
        ]
        if let persona = personas.first(where: { $0.organization.kind == .direct }) {
            lines.append("  Try      curl -H 'Authorization: Bearer \(persona.token)' \(url)/v1/customers")
        }
        lines.append("  Sandbox  Authorization: Bearer \(sandbox.token)  \(url)/sandbox/v1/clock")
        lines.append("Ready. Ctrl-C stops.")
        print(lines.joined(separator: "\n"))
        fflush(nil)
    }

    private func write(url: String, _ personas: [SandboxPersona], to path: String) throws {
        let bytes = JSONWriter.object { writer in
            writer.member("url", url)
            writer.member("cloud", cloud.rawValue)
            writer.member("pid", Int(ProcessInfo.processInfo.processIdentifier))
            writer.member("sandboxToken", sandbox.token)
            writer.member("clock", sandbox.clock.now)
            writer.object("personas") { writer in
                for persona in personas {
                    writer.object(key: persona.key) { writer in
                        writer.member("token", persona.token)
                        writer.member("tenant", persona.organization.id)
                        writer.member("user", persona.person.id)
                        writer.member("name", persona.person.name)
                        writer.member("organization", persona.organization.name)
                        writer.member("kind", persona.organization.kind.rawValue)
                        writer.array("roles", persona.person.roles.map(\.rawValue).sorted())
                    }
                }
            }
        }
        // Whole or not at all: whoever waits for the file never reads half of it.
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
