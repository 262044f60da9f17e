package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Scope;
import dev.plimsoll.api.ChannelForm.Change;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.RegisteredChannel;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Channels: where an account is told. */
@Path(Creation.BASE + "/channels")
@Tag(name = "Channels")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ChannelResource {
    static final String WHAT = "channel";

    private final Caller caller;
    private final ChannelForm form;
    private final ChannelRegistration registration;
    private final ChannelStore channels;
    private final ChannelUrls urls;
    private final ChannelAnswers answers;

    ChannelResource(
            Caller caller,
            ChannelForm form,
            ChannelRegistration registration,
            ChannelStore channels,
            ChannelUrls urls,
            ChannelAnswers answers) {
        this.caller = caller;
        this.form = form;
        this.registration = registration;
        this.channels = channels;
        this.urls = urls;
        this.answers = answers;
    }

    @POST
    @Needs(Scope.FULL)
    @Operation(
            summary = "Register a channel",
            description = "What leads to a person is checked, then a proof is sent there. A webhook gets a signed event"
                    + " `channel.verification`: a receiver that answers with its `data.code` makes the channel active at"
                    + " once. Where people read, the code is in the message: post it to /verify. The signing secret of a"
                    + " webhook is shown in this answer only. While it is not proven a channel gets nothing but proofs."
                    + " With `buddy` it is another person's: they are asked for their consent, hear of nothing but the"
                    + " last step of an escalation and drills, and may acknowledge but change nothing.")
    public Uni<RestResponse<JsonObject>> create(byte[] body) {
        var asked = form.create(body);
        return urls.admit(asked.kind(), asked.draft().settings()).chain(() -> registration.register(body, asked));
    }

    @GET
    @Operation(
            summary = "List channels",
            description = "The oldest first. URLs and keys are shown without what may be a token, secrets never.")
    public Uni<Page<JsonObject>> list(@RestQuery Optional<String> limit, @RestQuery Optional<String> after) {
        var page = PageRequest.of(limit, after);
        return channels.list(caller.account(), page.start(), page.fetch())
                .map(found -> page.page(found, RegisteredChannel::id))
                .chain(shown ->
                        answers.whole(caller.account(), shown.items()).map(items -> new Page<>(items, shown.next())));
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Get a channel",
            description =
                    "With its state and its last delivery. `wakesYou` says whether it is loud enough to wake somebody: as"
                            + " `loud` says, and without that as its kind is. It is false for webhooks then: whether one makes"
                            + " a sound, only its receiver knows.")
    public Uni<RestResponse<JsonObject>> get(@RestPath UUID id) {
        return find(id).chain(this::answer);
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Path("/{id}")
    @Needs(Scope.FULL)
    @Operation(
            summary = "Change a channel",
            description =
                    "What is named changes, null clears; the kind stays. What leads elsewhere, such as another `url`,"
                            + " must be proven anew: ask for it with /verification.")
    public Uni<RestResponse<JsonObject>> patch(
            @RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch, byte[] body) {
        return find(id).chain(channel -> patch(channel, ifMatch, form.change(channel.kind(), body)))
                .chain(this::answer);
    }

    @DELETE
    @Path("/{id}")
    @Needs(Scope.FULL)
    @Operation(
            summary = "Delete a channel",
            description = "What still waits for it is shown as failed, and told on your other channels.")
    public Uni<Void> delete(@RestPath UUID id, @RestHeader("If-Match") Optional<String> ifMatch) {
        return channels.delete(caller.account(), id, now -> Etag.require(ifMatch, WHAT, now.version()))
                .map(written -> Writes.value(written, WHAT))
                .replaceWithVoid();
    }

    private Uni<RegisteredChannel> find(UUID id) {
        return channels.find(caller.account(), id).map(found -> found.orElseThrow(() -> Problems.notFound(WHAT)));
    }

    private Uni<RegisteredChannel> patch(RegisteredChannel channel, Optional<String> ifMatch, Change change) {
        return urls.admit(channel.kind(), change.said())
                .chain(() -> channels.change(caller.account(), channel.id(), (now, settings) -> {
                    Etag.require(ifMatch, WHAT, now.version());
                    return change.edit().apply(now, settings);
                }))
                .map(written -> Writes.value(written, WHAT));
    }

    private Uni<RestResponse<JsonObject>> answer(RegisteredChannel channel) {
        return answers.whole(channel).map(whole -> Etag.tagged(whole, channel.version()));
    }
}
