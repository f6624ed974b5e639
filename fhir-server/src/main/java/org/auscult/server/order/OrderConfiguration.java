package org.auscult.server.order;

import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.check.OrderCheckService;
import org.auscult.prediction.PredictionService;
import org.auscult.server.feature.StoredDefinitions;
import org.auscult.server.feature.StoredTerminology;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Order rules: checked when written, expanded when read. */
@Configuration(proxyBeanMethods = false)
public class OrderConfiguration {
  @Bean
  StoredOrderRules orderRulesCatalog(
      StoredDefinitions stored, FeatureCatalog features, StoredTerminology terminology) {
    return new StoredOrderRules(stored, features, terminology);
  }

  @Bean
  OrderCheckService orderCheckService(
      OrderRulesCatalog rules, PredictionService predictions, FeatureEvaluator evaluator) {
    return new OrderCheckService(rules, predictions, evaluator);
  }
}
