//! How much longer work takes than estimated: one factor for everything a learner estimates, and
//! one for each item.
//!
//! For an item that took *s* minutes and was estimated at *e*, x = ln(s / e) is modelled as b +
//! noise: the bias b is the learner's, the noise is the item's. With a normal prior for b, n
//! finished items count as n / (n + σ²/τ²) (the normal model with known variance: Gelman et al.,
//! *Bayesian Data Analysis*, 3rd ed., 2013, section 2.5). Each round draws what remains unknown of
//! b. σ is estimated too, so both b and the noise have heavier tails than the normal. The logistic
//! distribution of the same variance is close to a Student's t with nine degrees of freedom
//! (Mudholkar and George 1978), and its inverse fits in one line.
//!
//! Evidence about b: items marked as done, items that took more than expected, and items that the
//! learner estimated again. An item on which exactly the expected minutes were logged says less,
//! since nobody said that it was done: it counts as x = 0 if that makes b smaller, and not at all
//! otherwise. So logging work that was left to do never raises b, the other half of the law that
//! work done never makes the forecast later.

use crate::plan::Plan;

/// The assumed bias: work takes a quarter more than estimated on average; see `LEVELS` in
/// `attendance.rs` for the reason. (Surveys of software projects find 30 to 40%: Moløkken and
/// Jørgensen 2003.) The mean of exp(b + noise) is the mean of exp(b) times exp(σ²/2).
const BIAS: f64 = 0.223_144 - NOISE * NOISE / 2.0; // ln 1.25
/// The standard deviation of b between learners: for two of three learners, work takes from 6% less
/// to 41% more before the noise.
const BETWEEN: f64 = 0.2;
/// The standard deviation of the noise between items of a learner.
const NOISE: f64 = 0.4;
/// The weight of the assumption about the noise, in items.
const NOISE_ITEMS: f64 = 8.0;
/// No item counts for more than this: fourfold, or a quarter.
const MOST: f64 = 1.386_294; // ln 4

/// The knowledge of the estimates.
#[derive(Debug, Clone)]
pub(super) struct Accuracy {
    /// Items that count as evidence.
    pub(super) items: u32,
    pub(super) bias: Bias,
    /// The standard deviation of the noise.
    pub(super) noise: f64,
}

/// The distribution of b, given the evidence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bias {
    pub mean: f64,
    pub deviation: f64,
}

impl Accuracy {
    pub fn of(plan: &Plan) -> Self {
        let logged = plan.logged();
        let (mut evidence, mut on_estimate) = (Vec::new(), 0.0);
        for item in &plan.roadmap().items {
            // An item that was dropped has still shown how good its estimate was.
            let (estimate, expected) = (plan.first_estimate(item), plan.last_estimate(item));
            let spent = logged.get(&item.id).copied().unwrap_or(0);
            if estimate == 0 {
                continue;
            }
            let took = |minutes: u32| {
                (f64::from(minutes) / f64::from(estimate))
                    .ln()
                    .clamp(-MOST, MOST)
            };
            if spent > 0 && (plan.is_finished(&item.id) || spent > expected) {
                evidence.push(took(spent));
            } else if expected != estimate && expected > 0 && !plan.is_finished(&item.id) {
                evidence.push(took(expected));
            } else if spent > 0 && spent >= expected {
                on_estimate += 1.0;
            }
        }
        Self::from(&evidence, on_estimate)
    }

    fn from(evidence: &[f64], on_estimate: f64) -> Self {
        let count = evidence.len() as f64;
        let sum: f64 = evidence.iter().sum();
        let mean = sum / count.max(1.0);
        let scatter: f64 = evidence.iter().map(|x| (x - mean).powi(2)).sum();
        let freedom = NOISE_ITEMS + (count - 1.0).max(0.0);
        let noise = ((NOISE_ITEMS * NOISE * NOISE + scatter) / freedom).sqrt();
        let assumed = noise * noise / (BETWEEN * BETWEEN);
        let without = (assumed * BIAS + sum) / (assumed + count);
        let with = (assumed * BIAS + sum) / (assumed + count + on_estimate);
        Self {
            items: evidence.len() as u32 + on_estimate as u32,
            bias: Bias {
                mean: without.min(with),
                deviation: noise / (assumed + count).sqrt(),
            },
            noise,
        }
    }

    /// Items that count as evidence.
    pub fn own_items(&self) -> u32 {
        self.items
    }

    /// The weight of the evidence, from 0 to 1.
    pub fn own_share(&self) -> f64 {
        1.0 - (self.bias.deviation / BETWEEN).powi(2).min(1.0)
    }

    /// The expected ratio of work to estimate: the mean of exp(b + noise) at the middle of b.
    pub fn expected(&self) -> f64 {
        (self.bias.mean + self.noise * self.noise / 2.0).exp()
    }

    /// The factor that is common to all estimates, at a quantile between 0 and 1.
    pub fn common(&self, quantile: f64) -> f32 {
        (self.bias.mean + self.bias.deviation * logistic(quantile)).exp() as f32
    }

    /// The factor of one item, at a quantile between 0 and 1.
    pub fn own(&self, quantile: f64) -> f32 {
        (self.noise * logistic(quantile)).exp() as f32
    }
}

/// The quantile of the logistic distribution with mean 0 and variance 1.
pub(super) fn logistic(quantile: f64) -> f64 {
    3f64.sqrt() / std::f64::consts::PI * (quantile / (1.0 - quantile)).ln()
}
