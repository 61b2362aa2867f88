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
        public void Invoke(string methodName, float time) => throw null;
        public void InvokeRepeating(string methodName, float time, float repeatRate) => throw null;
    }

    public class RuntimeInitializeOnLoadMethodAttribute : System.Attribute { }
}

namespace UnityEngine.Events
{
    public delegate void UnityAction();
    public delegate void UnityAction<T>(T argument);
    public delegate void UnityAction<T, U>(T first, U second);
    public class UnityEvent
    {
        public void AddListener(UnityAction call) => throw null;
    }
    public class UnityEvent<T>
    {
        public void AddListener(UnityAction<T> call) => throw null;
    }
    public class UnityEvent<T, U>
    {
        public void AddListener(UnityAction<T, U> call) => throw null;
    }
}

namespace UnityEngine.EventSystems
{
    public interface IEventSystemHandler { }
}

namespace UnityEngine.SceneManagement
{
    public static class SceneManager
    {
        public static event UnityEngine.Events.UnityAction<int, int> sceneLoaded { add { } remove { } }
        public static event UnityEngine.Events.UnityAction<int> sceneUnloaded { add { } remove { } }
    }
}

namespace UnityEditor
{
    public class Editor : UnityEngine.ScriptableObject { }
    public class EditorWindow : UnityEngine.ScriptableObject { }
    public abstract class PropertyDrawer { }
    public abstract class DecoratorDrawer { }
    public static class EditorApplication
    {
        public delegate void CallbackFunction();
    }
}
