export { type AdapterFeature, type AdapterHarness, testAdapter } from './adapter.ts'
export { type CartFault, type CartHarness, type CartLimit, testCartBridge } from './cart-bridge.ts'
