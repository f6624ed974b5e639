package org.auscult.server.signature;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Each person's password is {@code p} and the id, the code {@code c} and the id. */
final class FakePersons implements Reauthentication {
  private static final Map<Character, Component> KINDS =
      Map.of('p', Component.PASSWORD, 'c', Component.CODE);

  @Override
  public Set<Component> confirmed(Signer signer, Components given) {
    Set<Component> confirmed = EnumSet.noneOf(Component.class);
    for (String entered : new String[] {text(given.password()), text(given.code())}) {
      KINDS.forEach(
          (letter, kind) -> {
            if (entered.equals(letter + signer.reference())) {
              confirmed.add(kind);
            }
          });
    }
    return confirmed;
  }

  private static String text(@Nullable String entered) {
    return entered == null ? "" : entered;
  }

  static Components both(Signer signer) {
    return new Components("p" + signer.reference(), "c" + signer.reference());
  }

  static Components passwordOf(Signer signer) {
    return new Components("p" + signer.reference(), null);
  }

  static Components codeOf(Signer signer) {
    return new Components(null, "c" + signer.reference());
  }
}
