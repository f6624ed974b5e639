package org.auscult.server.web;

import org.auscult.server.log.LogSettings;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * The check of settings before anything starts; headers before everything else, and limits right
 * after what records each request: a refusal is recorded too.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WebSettings.class, LogSettings.class})
public class WebConfiguration {
  /**
   * A post processor of the factory runs before any bean is made, so before the database is opened.
   */
  @Bean
  static BeanFactoryPostProcessor startCheck(Environment environment) {
    return beans -> StartCheck.pass(environment);
  }

  @Bean
  FilterRegistrationBean<SecurityHeaders> securityHeaders(Environment environment) {
    FilterRegistrationBean<SecurityHeaders> filter =
        new FilterRegistrationBean<>(
            new SecurityHeaders(TlsEnvironment.isBehindProxy(environment)));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  FilterRegistrationBean<Doors> doors() {
    FilterRegistrationBean<Doors> filter = new FilterRegistrationBean<>(new Doors());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return filter;
  }

  @Bean
  FilterRegistrationBean<RequestLimits> requestLimits(WebSettings settings) {
    FilterRegistrationBean<RequestLimits> filter =
        new FilterRegistrationBean<>(new RequestLimits(settings));
    // What it refuses is audited too.
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    return filter;
  }
}
