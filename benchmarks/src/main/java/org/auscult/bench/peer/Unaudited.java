package org.auscult.bench.peer;

import org.auscult.server.Auscult;
import org.auscult.server.journal.JournalLeaves;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Our server without its audit log: takes the same arguments. It stands in the benchmarks alone;
 * the server itself has no setting that leads here.
 */
public final class Unaudited {
  private static final String FILTER = "auditFilter";

  private Unaudited() {}

  public static void main(String[] arguments) {
    SpringApplication.withHook(application -> new Started(), () -> Auscult.main(arguments));
  }

  /** Before any bean is made. */
  private static final class Started implements SpringApplicationRunListener {
    @Override
    public void contextPrepared(ConfigurableApplicationContext context) {
      context.addBeanFactoryPostProcessor(
          factory -> factory.addBeanPostProcessor(new WithoutLeaves()));
    }
  }

  /** No request and no hook call has a leaf. */
  private static final class WithoutLeaves implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      if (name.equals(FILTER) && bean instanceof FilterRegistrationBean<?> filter) {
        filter.setEnabled(false);
      }
      return bean instanceof JournalLeaves ? JournalLeaves.NONE : bean;
    }
  }
}
