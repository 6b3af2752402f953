import { DataList } from "../../list/data-list";
import { riskDetections } from "../../lists/risk-detections";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

export function RiskDetectionsPage() {
  return (
    <>
      <Heading title={text.titles.riskDetections} lead={text.riskDetections.lead} />
      <DataList definition={riskDetections} />
    </>
  );
}
