package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static io.restassured.RestAssured.given;

import dev.plimsoll.account.KeySecret;
import dev.plimsoll.unit.Ids;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.UUID;

/** An account of its own for one test, with a key for everything. */
record Customer(UUID account, String key) {

    /** Past the sign-up and its limits. @param engine sees every account */
    static Customer signUp(Pool engine) throws Throwable {
        var account = Ids.next();
        var secret = KeySecret.random();
        subscribeAndAwait(() -> engine.preparedQuery("insert into account (id, name) values ($1, 'Ada')")
                .execute(Tuple.of(account)));
        subscribeAndAwait(
                () -> engine.preparedQuery("""
                        insert into api_key (id, account_id, name, scope, hash, hint)
                        values ($1, $2, 'test', 'full', $3, 'plm_test')
                        """).execute(Tuple.of(Ids.next(), account, Buffer.buffer(secret.hash()))));
        return new Customer(account, secret.reveal());
    }

    RequestSpecification asks() {
        return given().basePath("/api/v1").header("Authorization", "Bearer " + key);
    }

    RequestSpecification sends(String body) {
        return asks().contentType(ContentType.JSON).body(body);
    }
}
