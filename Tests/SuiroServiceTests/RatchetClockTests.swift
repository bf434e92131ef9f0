import SuiroDomain
import SuiroService
import SuiroTesting
import Testing

/// What has ended stays ended, whatever the machine's clock says (D-04).
@Suite struct RatchetClockTests {
    @Test("D-04: put back while it runs, the clock stands still")
    func itNeverGoesBack() throws {
        let wall = StoppedClock(TestWorld.seedDay)
        let clock = RatchetClock { wall.now }
        #expect(clock.now == TestWorld.seedDay)
        wall.now = TestWorld.seedDay.adding(days: -30)
        #expect(clock.now == TestWorld.seedDay)
        wall.now = TestWorld.seedDay.adding(seconds: 1)
        #expect(clock.now == TestWorld.seedDay.adding(seconds: 1))
    }

    @Test("D-04: a server whose clock is behind the database says no", arguments: TestDriver.available)
    func itSaysNo(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let (service, day) = (world.service, TestWorld.seedDay)
        try await service.keepTime(RatchetClock { day }, tolerance: 300)
        // Within the tolerance time stands still until the wall has caught up.
        let slow = RatchetClock { day.adding(seconds: -300) }
        try await service.keepTime(slow, tolerance: 300)
        #expect(slow.now == day)
        let late = RatchetClock { day.adding(seconds: -301) }
        let error = await #expect(throws: ClockBehind.self) { try await service.keepTime(late, tolerance: 300) }
        #expect(error?.wall == day.adding(seconds: -301) && error?.newest == day)
        #expect(late.now == day, "what ended before is not revived while it is told")
        // Another server that is ahead takes this one with it.
        let first = RatchetClock { day.adding(seconds: 5) }
        try await service.keepTime(RatchetClock { day.adding(seconds: 60) }, tolerance: 300)
        try await service.keepTime(first, tolerance: 300)
        #expect(first.now == day.adding(seconds: 60))
    }
}
