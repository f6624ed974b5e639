package org.auscult.server;

import org.auscult.server.access.AccessConfiguration;
import org.auscult.server.adjudication.AdjudicationConfiguration;
import org.auscult.server.alert.AlertConfiguration;
import org.auscult.server.audit.AuditConfiguration;
import org.auscult.server.auth.AuthConfiguration;
import org.auscult.server.binary.BinaryConfiguration;
import org.auscult.server.caller.CallerTrustConfiguration;
import org.auscult.server.config.AuscultServer;
import org.auscult.server.config.FhirEndpointConfiguration;
import org.auscult.server.config.HapiJpaConfiguration;
import org.auscult.server.config.StorageConfiguration;
import org.auscult.server.deployment.DeploymentConfiguration;
import org.auscult.server.drift.DriftConfiguration;
import org.auscult.server.feature.FeatureConfiguration;
import org.auscult.server.hook.HookConfiguration;
import org.auscult.server.journal.JournalConfiguration;
import org.auscult.server.keys.KeyConfiguration;
import org.auscult.server.life.LifeConfiguration;
import org.auscult.server.metrics.MetricsConfiguration;
import org.auscult.server.model.ModelConfiguration;
import org.auscult.server.monitoring.MonitoringConfiguration;
import org.auscult.server.notification.NotificationConfiguration;
import org.auscult.server.operation.OperationConfiguration;
import org.auscult.server.order.OrderConfiguration;
import org.auscult.server.outcome.OutcomeConfiguration;
import org.auscult.server.page.PageConfiguration;
import org.auscult.server.performance.PerformanceConfiguration;
import org.auscult.server.report.ReportConfiguration;
import org.auscult.server.retraining.RetrainingConfiguration;
import org.auscult.server.synthetic.SyntheticConfiguration;
import org.auscult.server.timeline.TimelineConfiguration;
import org.auscult.server.trace.TraceConfiguration;
import org.auscult.server.training.TrainingConfiguration;
import org.auscult.server.use.UseConfiguration;
import org.auscult.server.web.WebConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The server's parts, one configuration class for each feature. */
@Configuration(proxyBeanMethods = false)
@AuscultServer
@Import({
  StorageConfiguration.class,
  AuditConfiguration.class,
  HapiJpaConfiguration.class,
  FhirEndpointConfiguration.class,
  KeyConfiguration.class,
  BinaryConfiguration.class,
  AccessConfiguration.class,
  AuthConfiguration.class,
  TimelineConfiguration.class,
  OperationConfiguration.class,
  FeatureConfiguration.class,
  LifeConfiguration.class,
  ModelConfiguration.class,
  OrderConfiguration.class,
  DeploymentConfiguration.class,
  JournalConfiguration.class,
  TrainingConfiguration.class,
  HookConfiguration.class,
  MonitoringConfiguration.class,
  SyntheticConfiguration.class,
  OutcomeConfiguration.class,
  PerformanceConfiguration.class,
  DriftConfiguration.class,
  ReportConfiguration.class,
  RetrainingConfiguration.class,
  UseConfiguration.class,
  NotificationConfiguration.class,
  AlertConfiguration.class,
  AdjudicationConfiguration.class,
  PageConfiguration.class,
  MetricsConfiguration.class,
  WebConfiguration.class,
  CallerTrustConfiguration.class,
  TraceConfiguration.class
})
public class AuscultApplication {}
