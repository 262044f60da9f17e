package dev.plimsoll.pipeline;

import dev.plimsoll.crash.PriceServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;

/** A Plimsoll without accounts, with a watch and prices of its own, in hours that no other test's prices reach. */
@Singleton
class Stage {
    @Inject
    HandClock clock;

    @Inject
    Replica.Maker replicas;

    @Inject
    DrillFixture database;

    private PriceServer prices;
    private Replica replica;

    /** Ether at 3,000 dollars. */
    void begin() throws IOException {
        database.rows("delete from account");
        database.rows("delete from snapshot");
        database.rows("delete from price");
        database.rows("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        clock.advance(Duration.ofHours(30));
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("USDC", "1");
        replica = replicas.make();
        ether("3000");
    }

    void ether(String dollars) {
        prices.set("ETH", dollars);
    }

    void tickAfter(Duration pause) {
        replica.tickAfter(pause);
    }

    void tick() {
        replica.tick();
    }

    void end() {
        replica.release();
        prices.close();
    }
}
