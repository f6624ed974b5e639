package org.auscult.server;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Closes each server when the last test has run, while its database still stands. At the end of the
 * JVM both would be stopped at once, and the server would wait for connections that are gone.
 */
final class ClosedAtEnd implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    ApplicationContext server = SpringExtension.getApplicationContext(context);
    context
        .getRoot()
        .getStore(Namespace.create(ClosedAtEnd.class))
        .getOrComputeIfAbsent(
            server, s -> (CloseableResource) ((ConfigurableApplicationContext) s)::close);
  }
}
