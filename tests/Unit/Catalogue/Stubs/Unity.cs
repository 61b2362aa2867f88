// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

namespace UnityEngine
{
    public class Object
    {
        public static void Destroy(Object target, float delay) => throw null;
    }

    public class ScriptableObject : Object { }
    public class MonoBehaviour : Object
    {
        public object StartCoroutine(System.Collections.IEnumerator routine) => throw null;
    }

    public class RuntimeInitializeOnLoadMethodAttribute : System.Attribute { }
}
