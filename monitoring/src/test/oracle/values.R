# Answers questions of make.py, one line each: numbers, to 17 digits.
suppressPackageStartupMessages({library(pROC); library(Hmisc)})
say <- function(x) cat(paste(sprintf("%.17g", x), collapse = " "), "\n", sep = "")
cat(paste0(R.version$major, ".", R.version$minor, ", pROC ", packageVersion("pROC"), ", Hmisc ",
           packageVersion("Hmisc")), "\n")
tight <- glm.control(epsilon = 1e-14, maxit = 200)
logit <- function(p) { q <- pmin(1 - 1e-15, pmax(1e-15, p)); log(q / (1 - q)) }
# R's own link takes logits beyond 30 for 30, and its errors are those of the step before the last; so
# this one has no such end, and each fit is started again from where it ended.
exact <- structure(list(linkfun = qlogis, linkinv = plogis, mu.eta = dlogis, valideta = function(eta) TRUE,
                        name = "logit"), class = "link-glm")
fitted_twice <- function(formula, start, data) {
  once <- glm(formula, family = binomial(link = exact), control = tight, start = start, data = data)
  glm(formula, family = binomial(link = exact), control = tight, start = coef(once), data = data)
}
pair <- function(fit, i) c(coef(fit)[[i]], sqrt(vcov(fit)[i, i]))

curve <- function(s, y, x) {
  knots <- quantile(x, c(2, 11, 20, 29, 38) / 40, type = 7, names = FALSE)
  if (any(diff(knots) < 1e-12) || min(sum(y), sum(1 - y)) < 10) return(c(NaN, 0))
  basis <- rcspline.eval(x, knots = knots, inclx = TRUE)
  fit <- fitted_twice(y ~ basis, rep(0, 5), list(y = y, basis = basis))
  off <- abs(s - fitted(fit))
  c(mean(off), quantile(off, 0.9, type = 7, names = FALSE), max(off))
}

for (line in readLines(commandArgs(TRUE)[1])) {
  word <- strsplit(line, " ")[[1]]
  if (word[1] == "wilson") {
    k <- as.numeric(word[2]); n <- as.numeric(word[3])
    say(if (n == 0) c(NaN, NaN) else suppressWarnings(prop.test(k, n, correct = FALSE)$conf.int))
  } else if (word[1] == "delong") {
    d <- read.csv(word[2])
    roc <- roc(d$y, d$s, levels = c(0, 1), direction = "<", quiet = TRUE)
    ci <- suppressWarnings(ci.auc(roc, method = "delong"))
    say(c(as.numeric(auc(roc)), ci[1], ci[3]))
  } else if (word[1] == "paired") {
    a <- read.csv(word[2]); b <- read.csv(word[3])
    t <- roc.test(roc(a$y, a$s, levels = c(0, 1), direction = "<", quiet = TRUE),
                  roc(b$y, b$s, levels = c(0, 1), direction = "<", quiet = TRUE), method = "delong", paired = TRUE)
    d <- t$estimate[[1]] - t$estimate[[2]]; e <- d / t$statistic[[1]]
    say(c(d, d - qnorm(0.975) * e, d + qnorm(0.975) * e, t$p.value))
  } else if (word[1] == "fits") {
    d <- read.csv(word[2])
    x <- logit(d$s)
    parted <- max(x[d$y == 0]) <= min(x[d$y == 1]) || max(x[d$y == 1]) <= min(x[d$y == 0])
    c2 <- rep(NaN, 4)
    if (!parted) {
      both <- suppressWarnings(fitted_twice(y ~ x, c(0, 0), list(y = d$y, x = x)))
      c2 <- c(pair(both, 1), pair(both, 2))
    }
    say(c(c2, if (parted) c(NaN, 0) else suppressWarnings(curve(d$s, d$y, x))))
  } else if (word[1] == "adjust") {
    say(p.adjust(as.numeric(strsplit(word[2], ",")[[1]]), method = "BH"))
  }
}
