package dev.plimsoll.wire;

import dev.plimsoll.wire.WireFailure.BadAnswer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;

/**
 * Calls URLs that the operator configured: price sources, RPC nodes. Not for URLs of users, see {@link GuardedHttp}.
 *
 * <p>Redirects are answers, never followed. Nothing is decompressed. Every failure is a {@link WireFailure}.
 */
@Singleton
public final class OperatorHttp {
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private final Vertx vertx;
    private final Egress egress;
    private final HttpClient client;

    @Inject
    public OperatorHttp(Vertx vertx, WireConfig config) {
        this(vertx, config, config.connectionsPerSource());
    }

    /** With connections of its own, for who calls one host more than others do. */
    public OperatorHttp(Vertx vertx, WireConfig config, int connectionsPerHost) {
        this.vertx = vertx;
        this.egress = new Egress(config);
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setName("operator")
                        .setConnectTimeout((int) config.connectTimeout().toMillis())
                        .setKeepAliveTimeout((int) config.keepAlive().toSeconds())
                        .setMaxInitialLineLength(Limits.LONGEST_LINE)
                        .setMaxHeaderSize(MAX_HEADER_BYTES))
                .with(new PoolOptions()
                        .setHttp1MaxSize(connectionsPerHost)
                        .setMaxWaitQueueSize(config.waitingPerSource()))
                .withConnectHandler(Exchange::keepTheirWordsOutOfTheLog)
                .build();
    }

    public Uni<Reply> get(URI url, Map<String, String> headers, Limits limits) {
        return send(HttpMethod.GET, url, headers, Buffer.buffer(), limits);
    }

    public Uni<Reply> post(URI url, Map<String, String> headers, Buffer body, Limits limits) {
        return send(HttpMethod.POST, url, headers, body, limits);
    }

    public Uni<Reply> put(URI url, Map<String, String> headers, Buffer body, Limits limits) {
        return send(HttpMethod.PUT, url, headers, body, limits);
    }

    public Uni<Reply> delete(URI url, Map<String, String> headers, Limits limits) {
        return send(HttpMethod.DELETE, url, headers, Buffer.buffer(), limits);
    }

    /** The events of a stream, from the moment it is subscribed to until it is cancelled; they have to be taken as they come. */
    public Multi<ServerEvent> events(URI url, Map<String, String> headers, StreamLimits limits) {
        var request = request(HttpMethod.GET, url, headers).putHeader("Accept", "text/event-stream");
        return Reception.run(vertx, () -> client.request(request), limits);
    }

    private Uni<Reply> send(HttpMethod method, URI url, Map<String, String> headers, Buffer body, Limits limits) {
        var request = request(method, url, headers);
        return Exchange.run(vertx, () -> client.request(request), body, limits).map(OperatorHttp::plain);
    }

    private RequestOptions request(HttpMethod method, URI url, Map<String, String> headers) {
        var request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(url.toString())
                .setFollowRedirects(false)
                .putHeader("User-Agent", "plimsoll");
        headers.forEach(request::putHeader);
        egress.to(url.getHost()).ifPresent(request::setProxyOptions);
        return request;
    }

    /** We never ask for compression, so we never inflate: a body that comes compressed all the same is refused. */
    private static Reply plain(Reply reply) {
        reply.header("Content-Encoding")
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .ifPresent(encoding -> {
                    throw new BadAnswer("the answer is compressed, which nobody asked for");
                });
        return reply;
    }
}
