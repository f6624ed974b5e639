package org.auscult.prove.attack;

import java.io.IOException;

/** Attacks of one kind. */
interface Attack {
  /** Tries them. */
  void run(Tries tries) throws IOException, InterruptedException;
}
