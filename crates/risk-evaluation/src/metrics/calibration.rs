use crate::event::Label;
use crate::run::Row;
use crate::study::Study;

/// Whether scores mean what they say: ten classes of equally many attempts of the second half, ordered by score.
#[derive(Debug, Clone)]
pub struct Calibration {
    /// For each class the mean score, the probability predicted from it, and the share that are attacks. Attacks and honest
    /// sign-ins count the same in all.
    pub classes: Vec<(f64, f64, f64)>,
    /// Expected calibration error: the mean difference of prediction and share.
    pub error: f64,
}

struct Sample {
    score: f64,
    is_attack: bool,
    weight: f64,
}

/// Fits a logistic curve to the scores of the first half and compares its predictions with the second.
pub fn calibration(study: &Study, column: usize) -> Calibration {
    let curve = fit(&samples(study, column, false));
    let mut samples = samples(study, column, true);
    samples.sort_by(|left, right| left.score.total_cmp(&right.score));
    let all: f64 = samples.iter().map(|sample| sample.weight).sum();
    let mut classes = vec![(0.0, 0.0, 0.0, 0.0); 10];
    let mut before = 0.0;
    for sample in &samples {
        let class = &mut classes[((before / all * 10.0) as usize).min(9)];
        before += sample.weight;
        class.0 += sample.weight * sample.score;
        class.1 += sample.weight * predict(curve, sample.score);
        class.2 += if sample.is_attack { sample.weight } else { 0.0 };
        class.3 += sample.weight;
    }
    let classes: Vec<_> = classes.into_iter().filter(|class| class.3 > 0.0).collect();
    let error = classes.iter().map(|class| (class.1 - class.2).abs()).sum::<f64>() / all;
    let classes = classes
        .into_iter()
        .map(|(score, predicted, attacks, weight)| (score / weight, predicted / weight, attacks / weight));
    Calibration { classes: classes.collect(), error }
}

fn samples(study: &Study, column: usize, is_second_half: bool) -> Vec<Sample> {
    let mut samples = Vec::new();
    for tenant in &study.tenants {
        let judgements = &tenant.judged.columns[column].judgements;
        let counts = |row: &Row| row.is_second_half == is_second_half && row.is_success && row.campaign == 0;
        let rows = tenant.judged.rows.iter().zip(judgements).filter(|(row, _)| counts(row));
        samples.extend(rows.map(|(row, judgement)| Sample {
            score: judgement.score,
            is_attack: row.label != Label::Honest,
            weight: 1.0,
        }));
    }
    let attacks = samples.iter().filter(|sample| sample.is_attack).count().max(1) as f64;
    let honest = (samples.len() as f64 - attacks).max(1.0);
    for sample in &mut samples {
        sample.weight = if sample.is_attack { 0.5 / attacks } else { 0.5 / honest };
    }
    samples
}

fn predict((slope, intercept): (f64, f64), score: f64) -> f64 {
    1.0 / (1.0 + (-(slope * score + intercept)).exp())
}

/// Slope and intercept of greatest likelihood, by Newton's method.
fn fit(samples: &[Sample]) -> (f64, f64) {
    let (mut slope, mut intercept) = (0.0, 0.0);
    for _ in 0..25 {
        let (mut g0, mut g1, mut h00, mut h01, mut h11) = (0.0, 0.0, 1e-9, 0.0, 1e-9);
        for sample in samples {
            let p = predict((slope, intercept), sample.score);
            let (error, bend) =
                (sample.weight * (f64::from(u8::from(sample.is_attack)) - p), sample.weight * p * (1.0 - p));
            g0 += error;
            g1 += error * sample.score;
            h00 += bend;
            h01 += bend * sample.score;
            h11 += bend * sample.score * sample.score;
        }
        let determinant = h00 * h11 - h01 * h01;
        if determinant.abs() < 1e-18 {
            break;
        }
        intercept += (h11 * g0 - h01 * g1) / determinant;
        slope += (h00 * g1 - h01 * g0) / determinant;
    }
    (slope, intercept)
}
