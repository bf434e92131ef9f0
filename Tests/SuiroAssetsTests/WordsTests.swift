import SuiroAssets
import Testing
