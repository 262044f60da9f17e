package dev.plimsoll.api;

import dev.plimsoll.account.Caller;
import dev.plimsoll.account.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a rule would say, before it is one. */
@Path(Creation.BASE + "/rules/preview")
@Tag(name = "Rules")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RulePreviewResource {
    private final Caller caller;
    private final RuleForm form;
    private final OwnIds own;
    private final RulePreviews previews;

    RulePreviewResource(Caller caller, RuleForm form, OwnIds own, RulePreviews previews) {
        this.caller = caller;
        this.form = form;
        this.own = own;
        this.previews = previews;
    }

    @POST
    @Needs(Scope.READ)
    @Operation(
            summary = "Preview a rule",
            description = "The same body as POST /rules, and nothing is stored. Says for each position or asset that it"
                    + " watches what it reads now, whether each level is `breached`, `clear` or `unknown`, and at which"
                    + " prices, quotes or times it would fire while everything else stays. Holds are not waited for."
                    + " `wakesYou` says whether what is critical would wake you.")
    public Uni<JsonObject> preview(byte[] body) {
        return own.of(caller.account())
                .map(known -> form.whole(body, known))
                .chain(draft -> previews.of(caller.account(), draft));
    }
}
