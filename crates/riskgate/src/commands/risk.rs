pub(super) mod noise;
