package org.auscult.feature.fhir;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * A Library of one of our profiles, the profile's simple extensions typed as fields. A subclass
 * tells its fields once, by {@link #eachField}; what is plain and what is empty follows.
 */
public abstract class ProfiledLibrary extends Library {
  private static final long serialVersionUID = 1L;

  /** Tells each value that is set, with the URL of its extension, in the profile's order. */
  protected abstract void eachField(BiConsumer<String, Type> field);

  @Override
  public abstract ProfiledLibrary copy();

  protected static void one(BiConsumer<String, Type> field, String url, @Nullable Type value) {
    if (value != null) {
      field.accept(url, value);
    }
  }

  protected static void all(
      BiConsumer<String, Type> field, String url, @Nullable List<? extends Type> values) {
    if (values != null) {
      values.forEach(value -> field.accept(url, value));
    }
  }

  /** The same as a plain Library, its fields among the extensions. */
  public final Library toPlain() {
    Library plain = new Library();
    copyValues(plain);
    eachField((url, value) -> plain.addExtension(url, value.copy()));
    return plain;
  }

  @Override
  public final boolean isEmpty() {
    AtomicBoolean empty = new AtomicBoolean(super.isEmpty());
    eachField((url, value) -> empty.compareAndSet(true, value.isEmpty()));
    return empty.get();
  }
}
