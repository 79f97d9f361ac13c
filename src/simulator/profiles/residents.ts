import type { Person } from "../image.ts";

const mihon = { prefecture: "Mihon-ken", city: "Mogi-shi", municipality: "99001" } as const;
export const street = "見本県模擬市試験町一丁目";

/** Nobody lives in 模擬市, 見本県: there is no prefecture with the code 99. */
export const resident = (name: string, birth: string, sex: Person["sex"], lot: string): Person => ({
  ...mihon,
  name,
  birth,
  sex,
  address: `${street}${lot}`,
});
