/** Public money to be paid (公金決済) on the wire. In a sandbox no money moves. */
export const paymentPaths = { demands: "/portal/v1/demands", payments: "/portal/v1/payments" } as const;

export const demandKinds = ["resident-tax", "property-tax", "vehicle-tax"] as const;
export type DemandKind = (typeof demandKinds)[number];

export const paymentMeans = ["bank", "card"] as const;
export type PaymentMeans = (typeof paymentMeans)[number];

export interface Demand {
  /** `resident-tax-2026-1`. */
  readonly id: string;
  readonly kind: DemandKind;
  /** The fiscal year. */
  readonly year: number;
  /** Which of the year's instalments; null: it is paid at once. */
  readonly term: number | null;
  readonly yen: number;
  /** The last day, `2026-06-30`. */
  readonly due: string;
  /** Null: not paid. */
  readonly paid: { readonly receipt: string; readonly means: PaymentMeans; readonly at: string } | null;
}

/** Answer of `GET /portal/v1/demands`: those due first, first. */
export interface Demands {
  readonly sandbox: boolean;
  readonly demands: readonly Demand[];
}

/** Body of `POST /portal/v1/payments`. */
export interface Payment {
  readonly demand: string;
  readonly means: PaymentMeans;
}

/** Its answer. */
export interface Paid {
  readonly sandbox: boolean;
  /** True: no money has moved. */
  readonly simulated: boolean;
  readonly demand: Demand;
}
