//! What CRMs know about clients, and writing first to somebody of a CRM.

use contracts::crm::{self, Pick, PickKind};
use domain::{LinkId, Reason};
use engine::{CrmCallError, PickedFor};
use futures::future::try_join_all;
use store::{conversations::ConversationFacts, crm_bindings, crm_links};

use crate::{
    app::App,
    error::ApiError,
    wire::{
        ConversationRef, CrmCard, CrmCardContact, CrmCardLead, OpenFromCrm, Opened, PickCards, PickFrom, PickedCard,
        PickedCards,
    },
    write_first,
};

pub(crate) async fn of_conversation(app: &App, request: ConversationRef) -> Result<Vec<CrmCard>, ApiError> {
    let conversation = store::conversations::get(app.store().read(), request.conversation_id).await?;
    let ask = |link: LinkId| async move {
        match app.engine().crm_card(link, request.conversation_id).await {
            Ok(known) => Ok(card(link, known)),
            Err(CrmCallError::Store(error)) => Err(ApiError::from(error)),
            Err(error) => Ok(CrmCard {
                link_id: link,
                contact: None,
                leads: Vec::new(),
                trouble: Some(ApiError::from(error).reason),
            }),
        }
    };
    try_join_all(knowing(app, &conversation).await?.into_iter().map(ask)).await
}

/// The active links whose CRMs know the person. One that does not yet has nothing to show.
pub(crate) async fn knowing(app: &App, conversation: &ConversationFacts) -> Result<Vec<LinkId>, ApiError> {
    let db = app.store().read();
    let bound = crm_bindings::of_conversation(db, conversation.id, conversation.contact_id).await?;
    let links = crm_links::list(db).await?.into_iter().filter(|link| link.active);
    let knows = |link: &LinkId| bound.iter().any(|(of, _)| of == link);
    Ok(links.map(|link| link.id).filter(knows).collect())
}

fn card(link_id: LinkId, known: crm::Card) -> CrmCard {
    let contact = known.contact.map(|contact| CrmCardContact {
        reference: contact.reference,
        name: contact.name,
        page: contact.page,
        company: contact.company,
    });
    let leads = known.leads.into_iter().map(|lead| CrmCardLead {
        reference: lead.reference,
        title: lead.title,
        stage: lead.stage,
        colour: lead.colour,
        responsible: lead.responsible,
        responsible_email: lead.responsible_email,
        budget: lead.budget,
        closed: lead.closed,
        page: lead.page,
    });
    CrmCard {
        link_id,
        contact,
        leads: leads.collect(),
        trouble: None,
    }
}

pub(crate) async fn pick(app: &App, request: PickCards) -> Result<PickedCards, ApiError> {
    let query = Pick {
        kind: match request.kind {
            PickFrom::Contacts => PickKind::Contacts,
            PickFrom::Leads => PickKind::Leads,
            PickFrom::Deals => PickKind::Deals,
            PickFrom::Companies => PickKind::Companies,
        },
        text: request.text.trim().to_owned(),
        cursor: request.cursor,
    };
    let page = app.engine().crm_pick(request.link_id, &query).await?;
    let items = page.found.into_iter().map(|found| PickedCard {
        reference: found.reference,
        title: found.title,
        note: found.note,
        phones: found.phones,
        links: found.links,
        page: found.page,
    });
    Ok(PickedCards {
        items: items.collect(),
        next: page.next,
    })
}

pub(crate) async fn open(app: &App, request: OpenFromCrm) -> Result<Opened, ApiError> {
    let target = write_first::target(&request.address)
        .ok_or_else(|| ApiError::field("address", Reason::new("error.address")))?;
    let picked = PickedFor {
        link: request.link_id,
        card: request.reference,
        account: request.account_id,
        target,
    };
    Ok(Opened {
        conversation_id: app.engine().open_from_crm(&picked).await?,
    })
}
