package org.auscult.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Closes each server when the last test of this JVM has run, while its database still stands. At
 * the end of the JVM both would be stopped at once, and the server would wait for connections that
 * are gone. A session is all tests of a JVM, which are run class by class where several JVMs share
 * them.
 */
public final class ClosedAtEnd implements BeforeAllCallback, LauncherSessionListener {
  private static final Set<ConfigurableApplicationContext> SERVERS = ConcurrentHashMap.newKeySet();

  @Override
  public void beforeAll(ExtensionContext context) {
    SERVERS.add((ConfigurableApplicationContext) SpringExtension.getApplicationContext(context));
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    SERVERS.forEach(ConfigurableApplicationContext::close);
  }
}
