-- from 5, compatible with ≥1

-- What a rule had kept from the CRMs and lets go now is news of the message itself.
CREATE TRIGGER news_of_release AFTER UPDATE OF verdict ON verdicts
WHEN NEW.verdict = 0 AND OLD.verdict <> 0 AND EXISTS (SELECT 1 FROM crm_links)
BEGIN
  INSERT INTO message_news (message_id, operation) VALUES (NEW.message_id, 0);
END;
