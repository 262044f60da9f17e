package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.BotApi;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Shows the commands in Telegram's menu; again each day, in case somebody else cleared it. */
@Singleton
class Menu {
    private final Desk desk;
    private final BotApi bot;

    @Inject
    Menu(Desk desk, BotApi bot) {
        this.desk = desk;
        this.bot = bot;
    }

    @Scheduled(identity = "telegram menu", every = "24h", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> show() {
        return bot.unavailable().isPresent()
                ? Uni.createFrom().voidItem()
                : bot.menu(desk.menu()).replaceWithVoid();
    }
}
