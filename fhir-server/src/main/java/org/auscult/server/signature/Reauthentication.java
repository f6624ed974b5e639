package org.auscult.server.signature;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Port: makes sure, at the moment of signing, that it is this person (21 CFR 11.200). Whoever
 * implements it slows down guessing, and records what was wrong.
 */
public interface Reauthentication {
  /** What a person proves himself with. */
  enum Component {
    PASSWORD,
    CODE
  }

  /**
   * What the signer has just entered.
   *
   * @param password null if none was entered
   * @param code of the second factor; null if none was entered
   */
  record Components(@Nullable String password, @Nullable String code) {
    /** Neither is ever printed. */
    @Override
    public String toString() {
      return "Components[]";
    }
  }

  /** Which of the components are this person's, now; a code counts once. */
  Set<Component> confirmed(Signer signer, Components given);
}
