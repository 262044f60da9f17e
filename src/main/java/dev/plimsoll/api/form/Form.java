package dev.plimsoll.api.form;

import dev.plimsoll.api.Problems;
import dev.plimsoll.unit.Nearest;
import dev.plimsoll.unit.Printable;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A JSON object a client sent, read field by field. Every fault is collected and told at once; a field nobody asked for is
 * one.
 *
 * <pre>{@code
 * static Optional<Draft> read(Form form) {
 *     var name = form.required("name", Readers.text(200));
 *     var amount = form.required("amount", Readers.positive());
 *     var note = form.optional("note", Readers.text(500));
 *     return form.complete(() -> new Draft(name.orElseThrow(), amount.orElseThrow(), note));
 * }
 * …
 * var draft = Form.of(body, DraftForm::read);
 * }</pre>
 */
public final class Form {
    private final Map<String, Json> fields;
    private final Value whole;
    private final int faultsBefore;
    private final Set<String> asked = new LinkedHashSet<>();

    private Form(Map<String, Json> fields, Value whole) {
        this.fields = fields;
        this.whole = whole;
        this.faultsBefore = whole.faults().count();
    }

    /** What the reader makes of the body, or one problem that names all faults. */
    public static <T> T of(byte[] body, Function<Form, Optional<T>> reader) {
        return of(body, JsonText.MAX_BYTES, reader);
    }

    /** @param most how many bytes the body may have */
    public static <T> T of(byte[] body, int most, Function<Form, Optional<T>> reader) {
        var faults = new Faults();
        var value = new Value(JsonText.parse(body, most), Pointer.ROOT, faults);
        return object(reader).read(value).orElseThrow(() -> Problems.invalid(faults.list()));
    }

    /** As {@link #of}, for requests whose body may be left out: nothing counts as {@code {}}. */
    public static <T> T ofOptional(byte[] body, Function<Form, Optional<T>> reader) {
        return of(body.length == 0 ? new byte[] {'{', '}'} : body, reader);
    }

    static <T> Reader<T> object(Function<Form, Optional<T>> reader) {
        return object("an object", reader);
    }

    static <T> Reader<T> object(String expected, Function<Form, Optional<T>> reader) {
        return value -> value.json() instanceof Json.Obj object
                ? reader.apply(new Form(object.fields(), value))
                : value.expected(expected);
    }

    /** The field's value; empty only after a fault was told. Null counts as missing. */
    public <T> Optional<T> required(String field, Reader<T> reader) {
        var value = value(field);
        if (value.isEmpty()) {
            refuse(field, "'" + field + "' is required.");
        }
        return value.flatMap(reader::read);
    }

    /** The field's value; empty when it is missing or null, or after a fault was told. */
    public <T> Optional<T> optional(String field, Reader<T> reader) {
        return value(field).flatMap(reader::read);
    }

    /** Whether the field stands there, be it null: what PATCH must know to clear a value. */
    public boolean mentions(String field) {
        asked.add(field);
        return fields.containsKey(field);
    }

    /** Whether the field has a value: which of several the client chose. Null counts as missing. */
    public boolean says(String field) {
        return value(field).isPresent();
    }

    /** Adds a fault about one field. */
    public void refuse(String field, String detail) {
        whole.faults().add(detail, whole.pointer().field(field));
    }

    /** Adds a fault somewhere below this object. @param pointer from here on: {@code /levels/0/below} */
    public void refuseAt(String pointer, String detail) {
        whole.faults().add(detail, new Pointer(whole.pointer().text() + pointer));
    }

    /** Adds a fault about the object as a whole. */
    public void refuse(String detail) {
        whole.refuse(detail);
    }

    /** What the fields make, unless this object has a fault. Call it last: it also refuses fields nobody asked for. */
    public <T> Optional<T> complete(Supplier<T> make) {
        fields.keySet().stream().filter(name -> !asked.contains(name)).forEach(this::refuseUnknown);
        return whole.faults().count() == faultsBefore ? Optional.of(make.get()) : Optional.empty();
    }

    private Optional<Value> value(String field) {
        asked.add(field);
        return Optional.ofNullable(fields.get(field))
                .filter(json -> !(json instanceof Json.Null))
                .map(json -> whole.field(field, json));
    }

    private void refuseUnknown(String name) {
        var hint = Nearest.to(name, asked)
                .map(near -> ": did you mean '" + near + "'?")
                .orElseGet(() ->
                        asked.isEmpty() ? ": nothing is expected here." : ". Known: " + String.join(", ", asked) + ".");
        refuse(name, "There is no field '" + Printable.shortened(name) + "'" + hint);
    }
}
