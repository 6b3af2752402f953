use riskgate_odata::Filter;
use riskgate_store::records::AuthenticationMethod;
use riskgate_store::{Batch, StoreExt, Versioned, retry};

use crate::{AuthnError, Services};

/// Longest name of a method, in characters.
pub const MAX_METHOD_NAME: usize = 64;

/// What people have registered besides their password, of every kind.
#[derive(Clone)]
pub struct RegisteredMethods {
    services: Services,
}

impl RegisteredMethods {
    /// The methods in a store.
    pub fn new(services: Services) -> Self {
        Self { services }
    }

    /// What a user has, the oldest first.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn list(&self, user_id: &str) -> Result<Vec<Versioned<AuthenticationMethod>>, AuthnError> {
        let filter = Filter::equals("userId", user_id);
        let mut found: Vec<Versioned<AuthenticationMethod>> =
            self.services.store.find_all(self.services.tenant, filter).await?;
        found.sort_by(|one, other| {
            let key = |method: &Versioned<AuthenticationMethod>| method.record.created_date_time;
            key(one).cmp(&key(other)).then_with(|| one.record.id.cmp(&other.record.id))
        });
        Ok(found)
    }

    /// Removes one of the user's methods and returns what it was; `None` if he has none of this identifier.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn remove(&self, user_id: &str, id: &str) -> Result<Option<AuthenticationMethod>, AuthnError> {
        retry(|| async {
            let Some(method) = self.find(user_id, id).await? else { return Ok(None) };
            let mut batch = Batch::new(self.services.tenant);
            batch.delete(&method);
            self.services.store.commit(batch).await?;
            Ok(Some(method.record))
        })
        .await
    }

    /// Gives one of the user's methods a name, cut at [`MAX_METHOD_NAME`]; false if he has none of this identifier.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn rename(&self, user_id: &str, id: &str, name: &str) -> Result<bool, AuthnError> {
        retry(|| async {
            let Some(mut method) = self.find(user_id, id).await? else { return Ok(false) };
            method.record.display_name = method_name(name);
            let mut batch = Batch::new(self.services.tenant);
            batch.update(&method)?;
            self.services.store.commit(batch).await?;
            Ok(true)
        })
        .await
    }

    async fn find(
        &self,
        user_id: &str,
        id: &str,
    ) -> Result<Option<Versioned<AuthenticationMethod>>, AuthnError> {
        let found: Option<Versioned<AuthenticationMethod>> =
            self.services.store.load(self.services.tenant, id).await?;
        Ok(found.filter(|method| method.record.user_id == user_id))
    }
}

/// A name as it is kept: without control characters and outer spaces, not too long; `None` if nothing is left.
pub(crate) fn method_name(name: &str) -> Option<String> {
    let clean: String = name.trim().chars().filter(|c| !c.is_control()).take(MAX_METHOD_NAME).collect();
    Some(clean.trim().to_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_clean_and_short() {
        assert_eq!(method_name("  Blue\u{7}key \n"), Some("Bluekey".to_owned()));
        assert_eq!(method_name(" \t "), None);
        assert_eq!(method_name(&"ä".repeat(80)).map(|name| name.chars().count()), Some(MAX_METHOD_NAME));
    }
}
