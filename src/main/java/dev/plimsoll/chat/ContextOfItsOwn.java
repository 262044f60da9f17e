package dev.plimsoll.chat;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;

/** Where the work for one update runs: as a request does, so that the sessions of two of them never meet. */
@Singleton
class ContextOfItsOwn implements Executor {
    private final Vertx vertx;

    @Inject
    ContextOfItsOwn(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public void execute(Runnable work) {
        var context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(nothing -> work.run());
    }
}
